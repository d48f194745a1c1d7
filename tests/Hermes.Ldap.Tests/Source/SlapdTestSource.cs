using Hermes.Abstractions.Sources;
using Hermes.Testing.Contracts.Sources;
using Hermes.TestSupport.Servers;

namespace Hermes.Ldap.Tests.Source;

/// <summary>Rows in OpenLDAP.</summary>
internal sealed class SlapdTestSource(SlapdServer server) : LdapTestSource(server)
{
    public override IReadOnlyList<string> Secrets => [.. base.Secrets, SlapdServer.ReaderPassword];

    protected override IReadOnlyList<string> RowClasses => ["device", "extensibleObject"];

    // The reader gets no more than ten entries of a search.
    public override async Task<SourceOperation> StoreBrokenAsync()
    {
        var operation = await StoreAsync(ContractTable.People(15));
        Writable = Make(options => (options.BindDn, options.Password, options.PageSize) = (SlapdServer.ReaderDn, SlapdServer.ReaderPassword, 4));
        return operation;
    }
}
