using System.Net;
using Hermes.Abstractions;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.ClientRuntime.Control;
using Hermes.ServerRuntime.Control;
using Hermes.Testing.Buses;
using Hermes.Testing.Logging;
using Hermes.Testing.Sources;
using Hermes.Testing.State;
using Hermes.Testing.Targets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace Hermes.AspNetCore.Tests;

/// <summary>
/// A host with the dashboard, a server <c>campus</c> with thirty users, and one that its source has twice, and a client <c>portal</c> whose target refuses five of them: of each,
/// the entry and its secret, which follows, wait in the error queue.
/// </summary>
internal sealed class CampusHost : IAsyncDisposable
{
    /// <summary>How many events are in the error queue.</summary>
    public const int Queued = 10;

    /// <summary>What nobody may see.</summary>
    public const string Secret = "s3cret-of-everybody";

    /// <summary>What must never be part of a page as it is.</summary>
    public const string Markup = "<script>alert('x')</script>";

    private readonly WebApplication _app;

    private CampusHost(WebApplication app, Parts parts)
    {
        (_app, Users, Target, Log) = (app, parts.Users, parts.Target, parts.Log);
        Addresses = [.. app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(address => new Uri(address))];
        Http = Connect();
    }

    public IReadOnlyList<Uri> Addresses { get; }

    /// <summary>As a program asks: nothing is sent by itself, and no redirection is followed.</summary>
    public HttpClient Http { get; }

    public InMemoryTable Users { get; }

    public RecordingTarget Target { get; }

    public RecordingLoggerProvider Log { get; }

    public IHermesServerControl Server => _app.Services.GetRequiredKeyedService<IHermesServerControl>("campus");

    public IHermesClientControl Client => _app.Services.GetRequiredKeyedService<IHermesClientControl>("portal");

    public static async Task<CampusHost> StartAsync(
        Action<IServiceCollection>? services = null, Action<RouteGroupBuilder>? open = null, Action<WebApplication>? use = null, IPAddress? alsoAt = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.WebHost.UseUrls(["http://127.0.0.1:0", .. alsoAt is null ? Array.Empty<string>() : [$"http://{alsoAt}:0"]]);
        var parts = Parts.Make();
        builder.Logging.ClearProviders().AddProvider(parts.Log);
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        parts.AddTo(builder.Services);
        builder.Services.AddHermesDashboard();
        builder.Services.AddHealthChecks().AddHermes();
        services?.Invoke(builder.Services);

        var app = builder.Build();
        use?.Invoke(app);
        app.MapHealthChecks("/health");
        var group = app.MapHermes();
        open?.Invoke(group);
        await app.StartAsync();
        var host = new CampusHost(app, parts);
        (await host.Server.UpdateAsync()).Error.Should().BeNull();
        await host.Client.WhenCaughtUpAsync();
        return host;
    }

    /// <summary>Another caller, such as a browser.</summary>
    public HttpClient Connect(HttpMessageHandler? handler = null, int address = 0) =>
        new(handler ?? new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(Addresses[address], "/hermes/") };

    /// <summary>Lets the removal of most users wait for a decision.</summary>
    public async Task<HeldRemovals> HoldRemovalsAsync()
    {
        foreach (var id in Enumerable.Range(1, 25))
            Users.Remove(id);
        await Server.UpdateAsync();
        return Server.Status.AwaitingApproval.Should().ContainSingle().Subject;
    }

    public Task<HealthReport> CheckHealthAsync() => _app.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();

    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
        Log.Dispose();
    }

    private sealed record Parts(InMemoryTable Users, InMemorySource Source, RecordingTarget Target, RecordingLoggerProvider Log)
    {
        public static Parts Make()
        {
            var source = new InMemorySource();
            var users = source.Table("users", "id", "login", "name", "pw");
            foreach (var id in Enumerable.Range(1, 30))
                users.Add(id, $"user{id}", id == 1 ? $"Ada {Markup}" : $"User {id}", Secret);
            users.Add(40, "twice", "Twice", Secret).Add(40, "twice", "Twice", Secret);
            var target = new RecordingTarget();
            foreach (var id in Enumerable.Range(1, 5))
            {
                target.Fail(
                    change => change.Key == EntryKey.Of(id),
                    exception: new TargetException($"The certificate of user{id} has expired. {Markup}", FaultKind.Permanent));
            }

            return new Parts(users, source, target, new RecordingLoggerProvider());
        }

        public void AddTo(IServiceCollection services)
        {
            var bus = new InMemoryBus();
            services.AddHermesServer("campus", server => server
                .UseInMemoryBus(bus)
                .UseInMemoryState(new InMemoryServerState())
                .PollEvery(TimeSpan.FromHours(1))
                .InitSyncAtFirstPoll()
                .AddInMemorySource("hr", Source)
                .DataType("Users", type => type.Key("id").Secret("pw").From("hr", from => from.Fetch("users").MapAll("id", "login", "name", "pw"))));
            services.AddHermesClient("portal", client => client
                .UseInMemoryBus(bus)
                .UseInMemoryState()
                .ToRecording(Target)
                .Configure(options => options.TrashbinRetention = TimeSpan.FromDays(30))
                .DataType("Accounts", type => type.From("Users").Map("login").Map("name").Map("password", "pw")));
        }
    }
}
