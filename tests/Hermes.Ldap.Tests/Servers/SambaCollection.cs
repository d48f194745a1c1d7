using Hermes.TestSupport.Servers;

namespace Hermes.Ldap.Tests.Servers;

[CollectionDefinition(nameof(SambaServer))]
public sealed class SambaCollection : ICollectionFixture<SharedServer<SambaServer>>;
