using Hermes.ClientRuntime.State;
using Hermes.PostgreSql.ClientState;
using Hermes.Runtime.Registration;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>The state of a client in PostgreSQL.</summary>
public static class PostgreSqlClientStateExtensions
{
    /// <summary>Keeps the state of the client in this database, in a schema that is named after it.</summary>
    /// <param name="client">The client.</param>
    /// <param name="connectionString">Leads to the database.</param>
    /// <param name="folder">A folder of this machine for the key of secret values and the journal of calls.</param>
    public static IHermesClientBuilder UsePostgreSqlState(this IHermesClientBuilder client, string connectionString, string folder) =>
        client.UsePostgreSqlState(options => (options.ConnectionString, options.Folder) = (connectionString, folder));

    /// <summary>Keeps the state of the client in a PostgreSQL database.</summary>
    /// <param name="client">The client.</param>
    /// <param name="configure">Sets the options.</param>
    /// <param name="protector">Protects secret values in another way than with a key in a file, such as with a key of the operating system.</param>
    public static IHermesClientBuilder UsePostgreSqlState(
        this IHermesClientBuilder client, Action<PostgreSqlClientStateOptions> configure, Func<IServiceProvider, ISecretProtector>? protector = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        return client.UseState(services => Store(PartOptions.Make("State", configure), client.Name, protector?.Invoke(services)));
    }

    internal static void AddKind(IHermesClientBuilder client) =>
        client.AddStateKind("PostgreSql", part => Store(part.Read<PostgreSqlClientStateOptions>(), part.Name, null));

    private static IClientStateStore Store(PostgreSqlClientStateOptions options, string name, ISecretProtector? protector)
    {
        options.NameSchema("State", "hermes_client_", name);
        return new PostgreSqlClientStateStore(options, protector);
    }
}
