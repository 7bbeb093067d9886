-- Which hub serves a company, its PBX accounts and portals with it; only on a database that hubs share.
-- Times are the database's own: the hubs' clocks may differ.
create table if not exists lease (
  company    varchar(100) primary key,
  holder     varchar(200) not null,
  expires_at timestamp(3) with time zone not null
);
