using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace CampusDirectory;

/// <summary>
/// The server that polls registry and office, and the client that keeps the directory in step with them. What they do stands in
/// appsettings.json; where the servers are, and the passwords, come from environment variables. This is all that Hermes needs.
/// </summary>
internal static class Campus
{
    public static IHost CreateHost(HostApplicationBuilder builder)
    {
        builder.Services.AddHermesServer("campus", builder.Configuration.GetSection("Hermes:Servers:campus"), server => server
            .AddSqlKinds()
            .AddSqlProvider("Npgsql", NpgsqlFactory.Instance)
            .AddFileKinds()
            .AddRabbitMqKinds()
            .AddKafkaKinds()
            .AddSqliteKinds());

        builder.Services.AddHermesClient("directory", builder.Configuration.GetSection("Hermes:Clients:directory"), client => client
            .AddLdapKinds()
            .AddRabbitMqKinds()
            .AddKafkaKinds()
            .AddSqliteKinds());

        return builder.Build();
    }
}
