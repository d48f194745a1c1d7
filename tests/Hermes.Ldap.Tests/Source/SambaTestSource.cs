using Hermes.Abstractions.Sources;
using Hermes.Testing.Contracts.Sources;
using Hermes.TestSupport.Servers;

namespace Hermes.Ldap.Tests.Source;

/// <summary>Rows in a domain of Active Directory.</summary>
internal sealed class SambaTestSource(SambaServer server) : LdapTestSource(server)
{
    protected override IReadOnlyList<string> RowClasses => ["device"];

    // A domain has no limit that pages do not lift: one value, on the last of some pages, is not what the options say.
    public override async Task<SourceOperation> StoreBrokenAsync()
    {
        var people = ContractTable.People(15);
        var operation = await StoreAsync(people with { Rows = [.. people.Rows.Select((row, i) => new[] { row[0], i < 14 ? $"{i}" : "no number", row[2] })] });
        Writable = Make(options =>
        {
            options.PageSize = 4;
            options.IntegerAttributes.Add("label");
        });
        return operation;
    }
}
