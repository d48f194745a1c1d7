using Hermes.Testing.Contracts.Sources;
using Hermes.TestSupport.Servers;

namespace Hermes.Ldap.Tests.Source;

[Collection(nameof(SlapdServer)), RequiresServer("slapd")]
public class LdapSourceContractTests(SharedServer<SlapdServer> shared) : QueryableSourceContract
{
    protected override async Task<IQueryableTestSource> CreateQueryableAsync() => new SlapdTestSource(await shared.GetAsync());
}

[Collection(nameof(SambaServer)), RequiresServer("samba")]
public class ActiveDirectorySourceContractTests(SharedServer<SambaServer> shared) : QueryableSourceContract
{
    protected override async Task<IQueryableTestSource> CreateQueryableAsync() => new SambaTestSource(await shared.GetAsync());
}
