-- What a connector keeps of a portal, such as its users and pipelines as read last: a text by name.
create table if not exists portal_note (
  company    varchar(100) not null,
  portal     varchar(100) not null,
  name       varchar(100) not null,
  note       varchar      not null,
  written_at timestamp(3) with time zone not null,
  primary key (company, portal, name)
);

-- The phone book: what portals hold under their clients' numbers. Deals have no numbers but a contact or a company.
create table if not exists book_entry (
  company     varchar(100) not null,
  portal      varchar(100) not null,
  kind        varchar(10)  not null,
  entity_id   bigint       not null,
  name        varchar      not null,
  responsible varchar(100) not null,
  -- Not in a final state.
  is_open     boolean      not null,
  contact_id  bigint,
  company_id  bigint,
  primary key (company, portal, kind, entity_id)
);
create index if not exists book_deals_of_contact on book_entry (company, portal, contact_id);
create index if not exists book_deals_of_company on book_entry (company, portal, company_id);

create table if not exists book_number (
  company   varchar(100) not null,
  portal    varchar(100) not null,
  number    varchar(100) not null,
  kind      varchar(10)  not null,
  entity_id bigint       not null,
  primary key (company, portal, number, kind, entity_id)
);
create index if not exists book_numbers_of_entry on book_number (company, portal, kind, entity_id);
