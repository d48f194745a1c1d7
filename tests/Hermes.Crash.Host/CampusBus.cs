namespace Hermes.Crash.Host;

/// <summary>The bus of a campus.</summary>
internal enum CampusBus
{
    /// <summary>A SQLite file.</summary>
    Sqlite,

    /// <summary>A stream of a RabbitMQ broker, which is killed now and then too.</summary>
    RabbitMq,

    /// <summary>A PostgreSQL database, which is killed now and then too.</summary>
    PostgreSql,
}
