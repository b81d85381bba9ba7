-- The schema of a PostgreSQL server that carries the work of teams (annotator sync --prepare). Running it again changes
-- nothing. {annotator}, {adjudicator} and {lead} are the names of the roles, {version} is that of the schema.
--
-- rows is an append-only log of the rows that the copies of a project have. A copy remembers the numbers (seq) that it
-- has seen and asks for the others. Numbers are drawn while a lock is held until the end of the transaction, so that a
-- row with a lower number never becomes visible after one with a higher number.

create schema if not exists annotator;

create table if not exists annotator.server (
    one boolean primary key default true check (one),
    id uuid not null default gen_random_uuid(),
    version integer not null
);
insert into annotator.server (version) values ({version}) on conflict do nothing;

create table if not exists annotator.projects (
    id text primary key check (id ~ '^[0-9a-f]{{32}}$'),
    login name not null default session_user,
    at timestamptz not null default now()
);

-- Which login works as which annotator of a project.
create table if not exists annotator.logins (
    project text not null references annotator.projects,
    annotator text not null check (annotator ~ '^[!-~]+$' and length(annotator) <= 1000),
    login name not null default session_user,
    at timestamptz not null default now(),
    primary key (project, annotator),
    unique (project, login)
);

-- A client gives project, kind and body; annotator.read_row() fills in the rest.
--
-- kind: the table that the row is from; body: its columns as JSON; size: the length of the body in bytes
-- key: what identifies it in its table; stamp: the version of it, '' if it never changes
-- annotator: the id of who made it, null for an article or a suggester's run
-- sender: the least role that may send it for its annotator: 'annotator', 'adjudicator' or 'lead'
-- login: who sent it, and at: when
create table if not exists annotator.rows (
    seq bigint generated always as identity,
    project text not null,
    kind text not null check (kind in ('documents', 'annotators', 'runs', 'spells', 'edits')),
    key text not null check (length(key) <= 1000),
    stamp text not null,
    annotator text check (length(annotator) <= 1000),
    sender text not null,
    body text not null check (octet_length(body) <= 200000000),
    size integer not null,
    login name not null,
    at timestamptz not null,
    primary key (project, seq),
    unique (project, kind, key, stamp)
);
create index if not exists rows_annotator on annotator.rows (project, annotator, login);

-- Functions have a search path of their own, so that no user can put other functions in the place of those they call.

create or replace function annotator.has_role(wanted text) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
    select pg_has_role(session_user, case wanted
        when 'lead' then {lead_name} when 'adjudicator' then {adjudicator_name} else {annotator_name}
    end, 'usage')
$$;

-- Return JSON as jsonb, with replacement characters in the place of characters that jsonb cannot have.
create or replace function annotator.decode(body text) returns jsonb
language sql immutable set search_path = pg_catalog, pg_temp as $$
    select regexp_replace(body, '\\u(0000|d[89a-f][0-9a-f]{{2}})', '\ufffd', 'gi')::jsonb
$$;

-- Return the kinds of cells that every annotator has for themselves. All others, unknown ones too, are the team's.
create or replace function annotator.personal_cells() returns text[]
language sql immutable set search_path = pg_catalog, pg_temp as $$
    select array['annotation', 'verdict', 'status', 'note', 'checked']
$$;

-- Return the least role that may send an edit with these writes.
create or replace function annotator.sender(writes jsonb) returns text
language sql immutable set search_path = pg_catalog, pg_temp as $$
    select coalesce((array['annotator', 'adjudicator', 'lead'])[max(case
        when write ->> 'cell' = 'team' then 3
        when write ->> 'cell' = any(annotator.personal_cells()) then 1
        else 2
    end)], 'annotator')
    from jsonb_array_elements(writes) as each (write)
$$;

create or replace function annotator.read_row() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
    uuid constant text := '^[0-9a-f]{{8}}(-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}}$';
    columns jsonb := annotator.decode(new.body);
    made text;
begin
    new.key := columns ->> 'id';
    new.stamp := '';
    new.annotator := columns ->> 'annotator';
    new.sender := 'annotator';
    new.size := octet_length(new.body);
    new.login := session_user;
    new.at := clock_timestamp();
    if new.kind in ('documents', 'annotators', 'runs') then
        new.stamp := columns ->> 'stamp';
        made := new.stamp;
    else
        made := new.key;
    end if;
    if new.kind = 'runs' then
        new.key := (columns ->> 'document') || ' ' || (columns ->> 'suggester');
    elsif new.kind = 'annotators' then
        new.annotator := new.key;
    elsif new.kind = 'edits' then
        new.sender := annotator.sender(annotator.decode(columns ->> 'payload'));
    end if;
    if new.kind in ('spells', 'edits') and new.annotator is null then
        raise exception 'a row without an annotator' using errcode = 'check_violation';
    end if;
    if made !~ uuid then
        raise exception '% is not an id', made using errcode = 'check_violation';
    end if;
    if ('x' || replace(left(made, 13), '-', ''))::bit(48)::bigint > (extract(epoch from new.at) + 86400) * 1000 then
        raise exception 'dated more than a day ahead' using errcode = 'datetime_field_overflow';
    end if;
    if new.kind = 'documents' and columns ->> 'text' <> ''
        and left(encode(sha256(convert_to(columns ->> 'text', 'UTF8')), 'hex'), 32) <> new.key
    then
        raise exception 'the text of % has changed', new.key using errcode = 'check_violation';
    end if;
    if new.kind = 'edits' and columns ->> 'reverts' is not null and exists (
        select from annotator.rows as other
        where other.project = new.project and other.kind = 'edits' and other.key = columns ->> 'reverts'
        and other.stamp = '' and other.annotator <> new.annotator
    ) then
        raise exception 'it reverts an edit of another annotator' using errcode = 'insufficient_privilege';
    end if;
    return new;
end
$$;

create or replace function annotator.lock_numbers() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    perform pg_advisory_xact_lock(hashtextextended('annotator.rows', 0));
    return null;
end
$$;

-- Return true if another login has sent something as an annotator: then only a lead can say whose login that is.
create or replace function annotator.is_known(of_project text, id text) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
    select exists (select from annotator.rows where project = of_project and annotator = id and login <> session_user)
$$;

drop trigger if exists lock_numbers on annotator.rows;
create trigger lock_numbers before insert on annotator.rows
    for each statement execute function annotator.lock_numbers();
drop trigger if exists read_row on annotator.rows;
create trigger read_row before insert on annotator.rows for each row execute function annotator.read_row();

alter table annotator.rows enable row level security;
alter table annotator.rows force row level security;
alter table annotator.projects enable row level security;
alter table annotator.projects force row level security;
alter table annotator.logins enable row level security;
alter table annotator.logins force row level security;

drop policy if exists reading on annotator.rows;
create policy reading on annotator.rows for select to {annotator} using (true);
drop policy if exists sending on annotator.rows;
create policy sending on annotator.rows for insert to {annotator} with check (
    project in (select id from annotator.projects)
    and (
        (select annotator.has_role('lead'))
        or annotator is null
        or (
            (sender = 'annotator' or (sender = 'adjudicator' and (select annotator.has_role('adjudicator'))))
            and (project, annotator) in (select l.project, l.annotator from annotator.logins l where l.login = session_user)
        )
    )
);

drop policy if exists reading on annotator.projects;
create policy reading on annotator.projects for select to {annotator} using (true);
drop policy if exists sending on annotator.projects;
create policy sending on annotator.projects for insert to {lead} with check (login = session_user);

drop policy if exists reading on annotator.logins;
create policy reading on annotator.logins for select to {annotator} using (true);
drop policy if exists joining on annotator.logins;
create policy joining on annotator.logins for insert to {annotator} with check (
    (select annotator.has_role('lead')) or (login = session_user and not annotator.is_known(project, annotator))
);
drop policy if exists removing on annotator.logins;
create policy removing on annotator.logins for delete to {lead} using (true);

revoke all on schema annotator from public;
revoke all on all tables in schema annotator from public;
revoke all on all functions in schema annotator from public;
grant usage on schema annotator to {annotator};
grant select on all tables in schema annotator to {annotator};
grant execute on all functions in schema annotator to {annotator};
grant insert (project, kind, body) on annotator.rows to {annotator};
grant insert (project, annotator, login) on annotator.logins to {annotator};
grant insert (id) on annotator.projects to {lead};
grant delete on annotator.logins to {lead};
