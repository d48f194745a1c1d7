using Hermes.TestSupport.Servers;

namespace Hermes.Sql.Tests.Servers;

[CollectionDefinition(nameof(PostgreSqlServer))]
public sealed class PostgreSqlCollection : ICollectionFixture<SharedServer<PostgreSqlServer>>;

[CollectionDefinition(nameof(MariaDbServer))]
public sealed class MariaDbCollection : ICollectionFixture<SharedServer<MariaDbServer>>;
