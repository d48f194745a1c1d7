# PostgreSQL with the registry of the university: a database, its owner, and a role that may read it and nothing else.
start_postgresql() {
  local port owner reader folder=$data/postgresql
  port=$(free_port) owner=$(secret) reader=$(secret)
  mkdir "$folder"
  printf '%s' "$owner" >"$folder/password"
  (( EUID != 0 )) || chown -R nobody "$folder"
  "${not_root[@]}" initdb -D "$folder/data" -U registry --auth=scram-sha-256 --pwfile="$folder/password" \
    --encoding=UTF8 --locale=C --no-sync >"$data/initdb.log"
  launch postgresql TERM "${not_root[@]}" postgres -D "$folder/data" -p "$port" \
    -c listen_addresses=127.0.0.1 -c unix_socket_directories="$folder"
  wait_for postgresql pg_isready -q -h 127.0.0.1 -p "$port"

  # Through the environment, so that no password stands in a command line.
  PGHOST=127.0.0.1 PGPORT=$port PGUSER=registry PGDATABASE=postgres PGPASSWORD=$owner READER_PASSWORD=$reader \
    psql -q -v ON_ERROR_STOP=1 -c 'create database campus' -c '\c campus' -c '\getenv reader_password READER_PASSWORD' -f registry.sql

  local database="Host=127.0.0.1;Port=$port;Database=campus"
  export CampusDirectory__Registry="$database;Username=registry;Password=$owner"
  export Hermes__Servers__campus__Sources__registry__ConnectionString="$database;Username=hermes_reader;Password=$reader"
}
