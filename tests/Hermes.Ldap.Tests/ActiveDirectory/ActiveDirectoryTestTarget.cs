using System.Security.Cryptography;
using System.Text;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.Ldap.ActiveDirectory;
using Hermes.Ldap.Directories;
using Hermes.Ldap.Tests.Directories;
using Hermes.TestSupport.Servers;
using static Hermes.Testing.Contracts.Targets.ContractTypes;

namespace Hermes.Ldap.Tests.ActiveDirectory;

/// <summary>Accounts (the suite's people) and groups (its members) of a domain, named by <c>cn</c>.</summary>
internal sealed class ActiveDirectoryTestTarget(SambaServer server, bool movesTrashed = false) : LdapTestTarget(server)
{
    private const int LongestCommonName = 64;

    private static readonly Dictionary<string, Dictionary<string, string>> Names = new()
    {
        [People] = new()
        {
            ["id"] = "cn",
            ["name"] = "displayName",
            ["mail"] = "mail",
            ["note"] = "v",
            ["age"] = "id",
            ["jobs"] = "otherMailbox",
            ["login"] = "sAMAccountName",
        },
        [Members] = new() { ["group"] = "displayName", ["person"] = "info", ["role"] = "description", ["uri"] = "cn", ["login"] = "sAMAccountName" },
    };

    /// <summary>A common name is short, and its case does not count.</summary>
    public override IReadOnlyList<string> Distinguishable(IReadOnlyList<string> keys) =>
        [.. keys.Where(key => key.Length <= LongestCommonName).DistinctBy(key => key, StringComparer.OrdinalIgnoreCase)];

    // No two accounts of a domain have the same login.
    public override Task<TargetChange> PrepareRefusedAsync()
    {
        var taken = Guid.NewGuid().ToString("N")[..20];
        Tree.Add("cn=taken", ("objectClass", "user"), ("sAMAccountName", taken));
        return Task.FromResult<TargetChange>(Added(Person("bad", "Bad", ("login", taken), ("code", SecretText))));
    }

    public override string NameOf(string type, string attribute) => attribute == "code" ? "unicodePwd" : Names[type][attribute];

    public override Task<string> MakeByHandAsync(string type)
    {
        Tree.Add($"cn=by hand,ou={type}", ("objectClass", "user"), ("sAMAccountName", LoginOf("by hand")));
        Tree.Add($"cn=machine,ou={type}", ("objectClass", "computer"), ("sAMAccountName", LoginOf("machine")[..19] + "$"));
        return Task.FromResult(Tree.Link($"cn=by hand,ou={type}"));
    }

    protected override IReadOnlyDictionary<string, string> NamesOf(string type) => Names[type];

    // Accounts that are disabled (bit 2) are in the trashbin.
    protected override string LiveEntries(string type) =>
        type == People ? "(&(objectClass=user)(!(userAccountControl:1.2.840.113556.1.4.803:=2)))" : "(objectClass=group)";

    protected override Entry Mapped(string type, Entry entry)
    {
        var name = type == Members ? NameOf(entry) : entry["id"].AsString();
        var mapped = type == Members ? entry.With("uri", name) : entry;
        return mapped.ContainsKey("login") ? mapped : mapped.With("login", LoginOf(name));
    }

    protected override IClientTarget Make(LdapAccount account)
    {
        var options = new ActiveDirectoryTargetOptions
        {
            Url = account.Url,
            BindDn = account.Name,
            Password = account.Password,
            CaCertificateFile = account.CaFile,
        };
        options.Users[People] = Named(new AccountOptions
        {
            Base = $"ou={People},{Tree.Dn}",
            PasswordAttribute = "code",
            TrashBase = movesTrashed ? $"ou={Trash},{Tree.Dn}" : null,
        }, Names[People]);
        options.Groups[Members] = Named(new GroupOptions { Base = $"ou={Members},{Tree.Dn}" }, Names[Members]);
        return new ActiveDirectoryTarget(options);
    }

    private static TOptions Named<TOptions>(TOptions options, Dictionary<string, string> names)
        where TOptions : EntryMappingOptions
    {
        (options.KeyAttribute, options.WhenExists) = ("cn", WhenExists.Adopt);
        foreach (var (local, ldap) in names)
            options.Rename[local] = ldap;
        return options;
    }

    // Short, of letters and digits only, and of nobody else in the domain that all tests share.
    private string LoginOf(string name) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Tree.Dn}/{name}")))[..20];
}
