using Hermes.TestSupport.Servers;

namespace Hermes.RabbitMq.Tests;

[CollectionDefinition(nameof(RabbitMqServer))]
public sealed class RabbitMqCollection : ICollectionFixture<SharedServer<RabbitMqServer>>;
