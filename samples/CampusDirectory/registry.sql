-- The registry of a small university, and a role that may read it and do nothing else.
create table groups (
    group_id text primary key,
    name text not null,
    description text
);
create table people (
    person_id integer primary key,
    login text not null unique,
    first_name text not null,
    last_name text not null,
    left_on date
);
create table memberships (
    group_id text not null references groups,
    person_id integer not null references people,
    primary key (group_id, person_id)
);

insert into groups values
    ('d-cs', 'Computer Science', 'Department, north campus'),
    ('d-math', 'Mathematics', 'Department, south campus'),
    ('d-empty', 'Théâtre', null);
insert into people values
    (1, 'abyron', 'Ada', 'Byron', null),
    (2, 'aturing', 'Alan', 'Turing', null),
    (3, 'edijkstra', 'Edsger', 'Dijkstra', null),
    (4, 'bliskov', 'Barbara', 'Liskov', null),
    (5, 'zmueller', 'Zoë', 'Müller', null),
    (6, 'enoether', 'Emmy', 'Noether', null),
    (7, 'kgodel', 'Kurt', 'Gödel', '2024-01-31');
insert into memberships values
    ('d-math', 1), ('d-cs', 2), ('d-cs', 3), ('d-math', 4), ('d-cs', 5), ('d-math', 6), ('d-math', 7);

create role hermes_reader login password :'reader_password';
grant select on groups, people, memberships to hermes_reader;
