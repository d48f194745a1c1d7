using Hermes.TestSupport.Servers;

namespace Hermes.PostgreSql.Tests.Servers;

/// <summary>The server that most tests share.</summary>
[CollectionDefinition(nameof(PostgreSqlServer))]
public sealed class PostgreSqlCollection : ICollectionFixture<SharedServer<PostgreSqlServer>>;

/// <summary>A server that tests kill and freeze.</summary>
[CollectionDefinition(Name)]
public sealed class KilledPostgreSqlCollection : ICollectionFixture<SharedServer<PostgreSqlServer>>
{
    public const string Name = "killed";
}
