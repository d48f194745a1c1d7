using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.Ldap.Directories;
using Hermes.TestSupport.Servers;
using static Hermes.Testing.Contracts.Targets.ContractTypes;

namespace Hermes.Ldap.Tests.Directories;

/// <summary>Entries of OpenLDAP, named by <c>labeledURI</c>, which tells upper from lower case, as the keys of the suite ask for.</summary>
internal sealed class SlapdTestTarget(SlapdServer server, WhenTrashed trashed = WhenTrashed.Delete) : LdapTestTarget(server)
{
    private static readonly Dictionary<string, Dictionary<string, string>> Names = new()
    {
        [People] = new()
        {
            ["id"] = "labeledURI",
            ["name"] = "displayName",
            ["mail"] = "mail",
            ["note"] = "v",
            ["age"] = "id",
            ["jobs"] = "description",
        },
        [Members] = new() { ["group"] = "employeeType", ["person"] = "departmentNumber", ["role"] = "title", ["uri"] = "labeledURI" },
    };

    public override bool KeepsTrashed => trashed != WhenTrashed.Delete;

    public override bool MarksTrashed => trashed is WhenTrashed.Move or WhenTrashed.Lock;

    public override string NameOf(string type, string attribute) => attribute == "code" ? "userPassword" : Names[type][attribute];

    // Without the class that only adds to others.
    public override Task<string> MakeByHandAsync(string type)
    {
        Tree.Add($"cn=by hand,ou={type}", ("objectClass", "device"), ("cn", "by hand"));
        return Task.FromResult(Tree.Values($"cn=by hand,ou={type}", "entryUUID").Single());
    }

    // The syntax of mail has no accents.
    public override Task<TargetChange> PrepareRefusedAsync() =>
        Task.FromResult<TargetChange>(Added(Person("bad", "Bad", ("mail", "é"), ("code", SecretText))));

    protected override IReadOnlyDictionary<string, string> NamesOf(string type) => Names[type];

    protected override string LiveEntries(string type) => "(objectClass=device)";

    protected override Entry Mapped(string type, Entry entry) => type == Members ? entry.With("uri", NameOf(entry)) : entry;

    protected override IClientTarget Make(LdapAccount account)
    {
        var options = new DirectoryTargetOptions
        {
            Url = account.Url,
            CaCertificateFile = account.CaFile,
            BindDn = account.Name,
            Password = account.Password,
        };
        foreach (var (type, names) in Names)
        {
            var entries = options.Entries[type] = new DirectoryEntryOptions
            {
                Base = $"ou={type},{Tree.Dn}",
                DnAttribute = "labeledURI",
                KeyAttribute = "labeledURI",
                WhenExists = WhenExists.Adopt,
                ObjectClasses = { "device", "extensibleObject" },
                Defaults = { ["cn"] = ["any"] },
                PasswordAttribute = type == People ? "code" : null,
                WhenTrashed = trashed,
                TrashBase = $"ou={Trash},{Tree.Dn}",
                LockAttributes = { ["carLicense"] = ["Locked"] },
            };
            foreach (var (local, ldap) in names)
                entries.Rename[local] = ldap;
        }

        return new DirectoryTarget(options);
    }
}
