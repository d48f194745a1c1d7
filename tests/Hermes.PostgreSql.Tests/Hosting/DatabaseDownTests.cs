using Hermes.ClientRuntime.Control;
using Hermes.PostgreSql.Tests.Servers;
using Hermes.Runtime.Control;
using Hermes.ServerRuntime.Control;
using Hermes.ServerRuntime.State;
using Hermes.Testing.Sources;
using Hermes.Testing.Targets;
using Hermes.TestSupport.Servers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Hermes.PostgreSql.Tests.Hosting;

/// <summary>A host with bus and states in a database that is started later than it, as after a power failure of the whole site.</summary>
[Collection(KilledPostgreSqlCollection.Name), RequiresServer("postgresql")]
public sealed class DatabaseDownTests(SharedServer<PostgreSqlServer> shared) : IDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(1);
    private readonly ClientStateDatabase _database = new(shared);
    private readonly RecordingTarget _target = new();

    public void Dispose() => _database.Dispose();

    [ServerFact]
    public async Task Host_starts_says_what_it_waits_for_and_works_when_the_database_comes()
    {
        var server = await shared.GetAsync();
        using var host = Host(server.ConnectionTo("postgres"));
        await server.KillAsync();
        IHermesServerControl campus;
        IHermesClientControl portal;
        try
        {
            await host.StartAsync();
            campus = host.Services.GetRequiredService<IHermesServerControl>();
            portal = host.Services.GetRequiredService<IHermesClientControl>();
            campus.Status.State.Should().Be(RunState.WaitingForState);
            campus.Status.WaitsFor.Should().Contain("cannot be reached").And.NotContain(PostgreSqlServer.Password);
            await UntilAsync(() => portal.Status.LastError is not null, "the client to tell");
            portal.Status.LastError.Should().Contain("cannot be reached").And.NotContain(PostgreSqlServer.Password);
        }
        finally
        {
            await server.RestartAsync();
        }

        (await campus.UpdateAsync().WaitAsync(Bound)).Succeeded.Should().BeTrue();
        await UntilAsync(() => _target.Calls.Count > 0, "the entry on the target");
        campus.Status.WaitsFor.Should().BeNull();
        portal.Status.LastError.Should().BeNull();
        await host.StopAsync();
    }

    [ServerFact]
    public async Task Wrong_password_keeps_the_host_from_starting()
    {
        var server = await shared.GetAsync();
        using var host = Host(server.ConnectionTo("postgres", password: "not-the-Pa55word"));

        await host.Awaiting(wrong => wrong.StartAsync()).Should().ThrowAsync<ServerStateException>().WithMessage("*refused the user 'hermes'*");
    }

    private IHost Host(string connectionString)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddLogging();
        var source = new InMemorySource();
        source.Table("users", "id", "name").Add(1, "ada");
        builder.Services
            .AddHermesServer("campus", campus => campus
                .UsePostgreSqlBus(options => (options.ConnectionString, options.Schema) = (connectionString, _database.Schema + "_bus"))
                .UsePostgreSqlState(options => (options.ConnectionString, options.Schema) = (connectionString, _database.Schema + "_campus"))
                .PollEvery(TimeSpan.FromHours(1))
                .Configure(options => options.Retry.FirstDelay = TimeSpan.FromMilliseconds(100))
                .InitSyncAtFirstPoll()
                .AddInMemorySource("hr", source)
                .DataType("Users", type => type.Key("id").From("hr", users => users.Fetch("users").MapAll("id", "name"))))
            .AddHermesClient("portal", portal => portal
                .UsePostgreSqlBus(options => (options.ConnectionString, options.Schema) = (connectionString, _database.Schema + "_bus"))
                .UsePostgreSqlState(options =>
                    (options.ConnectionString, options.Schema, options.Folder) = (connectionString, _database.Schema + "_portal", _database.Folder()))
                .UseTarget(_ => _target)
                .DataType("People", type => type.From("Users").MapAll("id", "name")));
        return builder.Build();
    }

    private static Task UntilAsync(Func<bool> condition, string what) => Polling.UntilAsync(_ => Task.FromResult(condition()), Bound, what);
}
