using System.Collections.Immutable;
using Hermes.Abstractions.Targets;
using Hermes.Ldap.Directories;
using Hermes.Ldap.Tests.Servers;
using Hermes.TestSupport.Servers;

namespace Hermes.Ldap.Tests.Directories;

/// <summary>A directory target whose people have attributes of many syntaxes, in a container of their own.</summary>
internal sealed class DirectoryReading : IAsyncDisposable
{
    public static readonly ImmutableDictionary<string, TargetForeignKey> NoParents = ImmutableDictionary<string, TargetForeignKey>.Empty;

    private readonly List<DirectoryTarget> _targets = [];
    private readonly Func<string, string, Task<DirectoryTarget>> _make;

    private DirectoryReading(Subtree tree, Func<string, string, Task<DirectoryTarget>> make) => (Tree, _make) = (tree, make);

    public Subtree Tree { get; }

    public string Base => Tree.Below("ou=people");

    public DirectoryTarget Target => _targets[0];

    public static async Task<DirectoryReading> MakeAsync(
        SlapdServer server, Subtree tree, TargetType people, Action<DirectoryEntryOptions>? configure, (string Local, string Ldap)? more, string identity)
    {
        foreach (var container in new[] { "people", "other" })
            tree.Add($"ou={container}", ("objectClass", "organizationalUnit"));
        var reading = new DirectoryReading(tree, MakeTargetAsync);
        await reading.AsAsync(SlapdServer.AdminDn, SlapdServer.AdminPassword);
        return reading;

        async Task<DirectoryTarget> MakeTargetAsync(string name, string password)
        {
            var options = DirectoryFixture.Options(server);
            (options.BindDn, options.Password, options.IdentityAttribute) = (name, password, identity);
            var entries = options.Entries[people.Name] = new DirectoryEntryOptions
            {
                Base = tree.Below("ou=people"),
                DnAttribute = "uid",
                ObjectClasses = { "inetOrgPerson", "extensibleObject" },
                Rename =
                {
                    ["id"] = "uid", ["name"] = "cn", ["boss"] = "manager", ["phone"] = "telephoneNumber", ["photo"] = "jpegPhoto", ["site"] = "labeledURI",
                    ["since"] = "pwdAccountLockedTime", ["tags"] = "employeeType", ["code"] = "userPKCS12",
                },
                Defaults = { ["sn"] = ["any"] },
            };
            if (more is { } pair)
                entries.Rename[pair.Local] = pair.Ldap;
            configure?.Invoke(entries);
            var target = new DirectoryTarget(options);
            await target.StartAsync([people with { Attributes = [.. people.Attributes, .. more is { } added ? new[] { added.Local } : []] }], default);
            return target;
        }
    }

    public static async Task<List<TargetObject>> AllAsync(DirectoryTarget target, string type, params string[] also)
    {
        var all = new List<TargetObject>();
        await foreach (var one in target.ReadAsync(type, also, default))
            all.Add(one);
        return all;
    }

    public Task<List<TargetObject>> AllAsync(params string[] also) => AllAsync(Target, "People", also);

    /// <summary>The same target for another account.</summary>
    public async Task<DirectoryTarget> AsAsync(string name, string password)
    {
        var target = await _make(name, password);
        _targets.Add(target);
        return target;
    }

    public ValueTask DisposeAsync()
    {
        _targets.ForEach(target => target.Dispose());
        Tree.Dispose();
        return ValueTask.CompletedTask;
    }
}
