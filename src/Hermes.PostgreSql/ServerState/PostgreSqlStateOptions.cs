using Hermes.PostgreSql.Leases;

namespace Hermes.PostgreSql.ServerState;

/// <summary>The settings of a server state in PostgreSQL. Its schema is called <c>hermes_server_</c> and the name of the server, if it is given no name.</summary>
public sealed class PostgreSqlStateOptions : PostgreSqlLeasedOptions;
