namespace Hermes.Crash.Host;

/// <summary>What the states of a campus lie in.</summary>
internal enum CampusState
{
    /// <summary>SQLite files.</summary>
    Sqlite,

    /// <summary>A PostgreSQL database, which is killed now and then too.</summary>
    PostgreSql,
}
