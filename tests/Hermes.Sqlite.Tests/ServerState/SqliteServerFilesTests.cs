using System.Text;
using Hermes.Abstractions.Data;
using Hermes.Runtime.Registration;
using Hermes.Testing.Server;
using Hermes.Testing.Sources;
using Hermes.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.Sqlite.Tests.ServerState;

/// <summary>What a server leaves in its files.</summary>
public sealed class SqliteServerFilesTests : IAsyncLifetime
{
    private const string Secret = "zebra-7391-pass";

    private readonly string _folder = Directory.CreateTempSubdirectory("hermes-files-").FullName;
    private readonly InMemorySource _source = new();
    private readonly InMemoryTable _users;
    private readonly ServerHarness _harness = new();

    public SqliteServerFilesTests() => _users = _source.Table("users", "id", "name", "password").Add(1, "Ada", Secret).Add(2, "Bob", Value.Null);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _harness.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task No_file_ever_holds_a_secret()
    {
        await _harness.StartAsync(Describe(isSecret: true));
        await _harness.Control.InitSyncAsync();
        _harness.Bus.FailNextSends(1);
        _users.Add(3, "Cid", Secret + "3");
        _users.Set(2, "password", Secret + "2");
        (await _harness.UpdateAsync()).Succeeded.Should().BeFalse();
        FilesHold("Cid").Should().BeTrue("the search must be able to find something");
        FilesHold(Secret).Should().BeFalse();

        (await _harness.UpdateAsync()).Error.Should().BeNull();
        await _harness.StopAsync();

        FilesHold(Secret).Should().BeFalse();
        EventLines.Of(_harness.TakeEvents())[^2].Should().Contain(Secret);
    }

    [Fact]
    public async Task Attribute_that_becomes_secret_leaves_no_trace_in_the_files()
    {
        await _harness.StartAsync(Describe(isSecret: false));
        for (var i = 10; i < 500; i++)
            _users.Add(i, $"user {i}", Secret + i);
        await _harness.UpdateAsync();
        FilesHold(Secret).Should().BeTrue();

        (await _harness.StartAsync(Describe(isSecret: true))).Error.Should().BeNull();

        FilesHold(Secret).Should().BeFalse();
        _users.Set(1, "name", "Ada King");
        await _harness.UpdateAsync();
        EventLines.Of(_harness.TakeEvents())[^1].Should().Be("modified Users 1: name=\"Ada King\"");
    }

    [Fact]
    public async Task Key_that_changes_is_carried_over_in_the_file()
    {
        await _harness.StartAsync(Describe(isSecret: true));
        await _harness.StartAsync(server => Users(server, "name").Configure(options => options.Model.DataTypes[0].Sources[0].SecretAttributes.Add("password")));

        EventLines.Of(_harness.TakeEvents()).Should().Equal(
            "dataschema Users[name](id,name,password!)", $"modified Users \"Ada\": +password=\"{Secret}\"");
    }

    private Action<IHermesServerBuilder> Describe(bool isSecret) => server => Users(server, "id").Configure(options =>
    {
        if (isSecret)
            options.Model.DataTypes[0].Sources[0].SecretAttributes.Add("password");
    });

    private IHermesServerBuilder Users(IHermesServerBuilder server, string key) => server
        .UseSqliteState(Path.Combine(_folder, "server.db"))
        .AddInMemorySource("hr", _source)
        .DataType("Users", type => type.Key(key).From("hr", source => source.Fetch("users").MapAll("id", "name", "password")));

    private bool FilesHold(string text)
    {
        var wanted = Encoding.UTF8.GetBytes(text);
        return Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories).Any(file =>
        {
            if (file.EndsWith(".lock", StringComparison.Ordinal))
                return false;
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return bytes.AsSpan().IndexOf(wanted) >= 0;
        });
    }
}
