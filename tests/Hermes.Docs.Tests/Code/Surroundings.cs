global using System;
global using System.Collections.Generic;
global using System.IO;
global using System.Linq;
global using System.Net.Http;
global using System.Net.Http.Json;
global using System.Threading;
global using System.Threading.Tasks;
global using CustomTarget;
global using FluentAssertions;
global using Hermes.Abstractions.Data;
global using Hermes.Abstractions.Notifications;
global using Hermes.Abstractions.Targets;
global using Hermes.ClientRuntime.Comparison;
global using Hermes.ClientRuntime.Control;
global using Hermes.Events;
global using Hermes.Events.Schema;
global using Hermes.Files.Sources;
global using Hermes.Files.Sources.Csv;
global using Hermes.Files.Target;
global using Hermes.Http.Connection;
global using Hermes.Http.Rest;
global using Hermes.Http.Scim;
global using Hermes.Http.Source;
global using Hermes.Http.Webhook;
global using Hermes.Kafka;
global using Hermes.Ldap.ActiveDirectory;
global using Hermes.Ldap.Directories;
global using Hermes.Runtime.Control;
global using Hermes.Runtime.Lists;
global using Hermes.Runtime.Registration;
global using Hermes.ServerRuntime.Configuration;
global using Hermes.Sql.Target;
global using Hermes.Testing.Client;
global using Hermes.Testing.Server;
global using Hermes.Testing.Sources;
global using Microsoft.Data.Sqlite;
global using Microsoft.Extensions.Configuration;
global using Microsoft.Extensions.DependencyInjection;
global using Microsoft.Extensions.Hosting;
global using MySqlConnector;
global using Npgsql;

/// <summary>What the pages take for granted: the host that is being built, and where a piece of code comes from the middle of something.</summary>
internal abstract class Surroundings
{
    protected HostApplicationBuilder builder = null!;
    protected IServiceCollection services = null!;
    protected IConfiguration configuration = null!;
    protected IHermesServerBuilder server = null!;
    protected IHermesClientBuilder client = null!;
    protected Hermes.ClientRuntime.Control.IHermesClientControl control = null!;
    protected Hermes.ServerRuntime.Control.IHermesServerControl serverControl = null!;
    protected TypeSourceBuilder source = null!;
    protected TargetContext context = null!;
    protected Entry entry = null!;
    protected DataSchema schema = null!;
    protected AddedEvent person = null!;
    protected IDoorSystem doors = null!;
    protected CancellationToken cancellationToken;

    protected static ValueTask<string> CreateAsync(Entry entry, CancellationToken cancellationToken) => new(entry["login"].AsString());

    protected static ValueTask WelcomeAsync(Entry entry, CancellationToken cancellationToken) => default;

    protected static ValueTask GrantAsync(string account, CancellationToken cancellationToken) => default;
}

internal sealed class MyTarget : IClientTarget
{
    public ValueTask ApplyAsync(TargetChange change, TargetContext context, CancellationToken cancellationToken) => default;
}
