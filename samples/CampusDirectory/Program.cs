using System.Globalization;
using CampusDirectory;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

// A small university: its registry is a PostgreSQL database, its office keeps CSV files. Both are merged into users, groups and
// memberships, and an LDAP directory follows. The script `run` in this folder starts the servers and then this program.

if (args is not [] and not ["--bus", "rabbitmq" or "kafka"])
{
    Console.Error.WriteLine("Use --bus rabbitmq (default) or --bus kafka.");
    return 2;
}

var bus = args.ElementAtOrDefault(1) ?? "rabbitmq";
Terminal.Prepare();

// The bus is a matter of settings alone. Environment variables count more than files: they come again, behind the added one.
var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = AppContext.BaseDirectory });
builder.Configuration.AddJsonFile($"bus.{bus}.json").AddEnvironmentVariables();
var settings = builder.Configuration.GetSection("CampusDirectory");
if (settings["Registry"] is not { } registryConnection || settings["LdapPort"] is not { } ldapPort)
{
    Console.Error.WriteLine("This program needs its servers: start it by samples/CampusDirectory/run.");
    return 2;
}

Terminal.Title($"Registry (PostgreSQL) and office (CSV) -> {(bus == "kafka" ? "Kafka" : "RabbitMQ")} -> OpenLDAP");
if (bus == "kafka" && builder.Configuration["Hermes:Servers:campus:Bus:BootstrapServers"] is null)
{
    MockKafka.Start(builder.Configuration, "campus");
    Terminal.Note("HERMES_KAFKA names no broker: this run uses the mock cluster of librdkafka, which keeps its messages in memory.");
}

using var host = Campus.CreateHost(builder);
var registry = new Registry(registryConnection);
var office = new Office("office");
var walk = new Walk(host.Services, registry, office, new LdapView(int.Parse(ldapPort, CultureInfo.InvariantCulture)));
var stopping = host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
using var limit = CancellationTokenSource.CreateLinkedTokenSource(stopping);
limit.CancelAfter(TimeSpan.FromMinutes(2));

await host.StartAsync(limit.Token);
try
{
    await walk.StartAsync(limit.Token);
    foreach (var change in new CampusLife(registry, office).Days)
        await walk.GoThroughAsync(change, limit.Token);
    walk.Summarise();
}
catch (OperationCanceledException) when (limit.IsCancellationRequested)
{
    walk.BreakOff();
}

await host.StopAsync();
return walk.IsGood ? 0 : 1;
