-- What the CRM held under the client's number before the hub did anything for this call: the first look-up counts, or later
-- decisions would take what this very call made for what was there.
alter table work add column if not exists client varchar;
