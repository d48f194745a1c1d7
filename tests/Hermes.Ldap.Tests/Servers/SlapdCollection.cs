using Hermes.TestSupport.Servers;

namespace Hermes.Ldap.Tests.Servers;

[CollectionDefinition(nameof(SlapdServer))]
public sealed class SlapdCollection : ICollectionFixture<SharedServer<SlapdServer>>;
