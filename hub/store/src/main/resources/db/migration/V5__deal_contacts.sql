-- The phone book: a deal may have more contacts than the one that book_entry names.
create table if not exists book_deal_contact (
  company    varchar(100) not null,
  portal     varchar(100) not null,
  contact_id bigint       not null,
  entity_id  bigint       not null,
  primary key (company, portal, contact_id, entity_id)
);
create index if not exists book_contacts_of_deal on book_deal_contact (company, portal, entity_id);

-- Books that were read before know none of these contacts: without the note of how far it came a book is read anew.
delete from portal_note where name = 'book';
