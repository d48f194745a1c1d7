using Hermes.ClientRuntime.Configuration;
using Hermes.Events;
using Hermes.Ldap.Directories;
using Hermes.Ldap.Tests.Servers;
using Hermes.TestSupport.Servers;

namespace Hermes.Ldap.Tests.Directories;

/// <summary>A whole client on a directory that others change too, looked at with plain searches.</summary>
internal sealed class SharedDirectory : IAsyncDisposable
{
    private readonly Func<Subtree, Task<DirectoryFixture>> _make;
    private readonly DirectoryFixture _fixture;

    private SharedDirectory(Func<Subtree, Task<DirectoryFixture>> make, DirectoryFixture fixture) => (_make, _fixture) = (make, fixture);

    public PeopleClient Client { get; private init; } = new();

    public Subtree Tree => _fixture.Tree;

    public DirectoryTarget Target => _fixture.Target;

    public static async Task<SharedDirectory> StartAsync(
        SlapdServer server, AddedEvent[] entries, Action<DirectoryTargetOptions>? configure = null, TimeSpan retention = default, Action<Subtree>? fill = null,
        Action<ClientTypeBuilder>? users = null)
    {
        var fixture = await MakeAsync(Subtree.Of(server));
        fill?.Invoke(fixture.Tree);
        var directory = new SharedDirectory(MakeAsync, fixture) { Client = new PeopleClient { Users = users ?? (_ => { }) } };
        await directory.Client.StartAsync(fixture.Target, retention, entries);
        return directory;

        Task<DirectoryFixture> MakeAsync(Subtree tree) => DirectoryFixture.MakeAsync(server, tree, options =>
        {
            options.Entries["Groups"].Defaults.Clear();
            options.Entries["Groups"].EmptyMember = "cn=nobody";
            configure?.Invoke(options);
        });
    }

    /// <summary>A target with the same settings for another start of the client, which disposes of its own when it stops.</summary>
    public async Task<DirectoryTarget> MakeTargetAsync() => (await _make(Tree)).Target;

    /// <summary>Sets what becomes of trashed users.</summary>
    public static void Trash(DirectoryTargetOptions options, WhenTrashed mode)
    {
        var users = options.Entries["Users"];
        users.WhenTrashed = mode;
        users.TrashBase = users.Base.Replace("ou=people", "ou=trash", StringComparison.Ordinal);
        users.LockAttributes["employeeType"] = ["locked"];
    }

    public string User(string login) => _fixture.User(login);

    public void AddByHand(string relative) => Tree.Add(
        relative, ("objectClass", "inetOrgPerson"), ("cn", "Another"), ("sn", "Another"), ("employeeNumber", "by hand"));

    public string Link(string relative) => Tree.Values(relative, "entryUUID").Single();

    public string Number(string relative) => Tree.Values(relative, "employeeNumber").Single();

    public string[] Members(string group) => Tree.Values($"cn={group},ou=groups", "member");

    public IEnumerable<string> Numbers(string relative = "") => Tree.All(relative, "(objectClass=person)", "employeeNumber").Values;

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        _fixture.Dispose();
    }
}
