using Hermes.ClientRuntime.State;
using Hermes.Runtime.Registration;
using Hermes.Sqlite.ClientState;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>The state of a client in a SQLite file.</summary>
public static class SqliteClientStateExtensions
{
    /// <summary>
    /// Keeps the state of the client in this file. Secret values that wait in it are encrypted with a key in a file beside it.
    /// </summary>
    /// <param name="client">The client.</param>
    /// <param name="path">The path of the file; it is made if it is not there.</param>
    /// <param name="protector">Protects secret values in another way, such as with a key of the operating system.</param>
    public static IHermesClientBuilder UseSqliteState(
        this IHermesClientBuilder client, string path, Func<IServiceProvider, ISecretProtector>? protector = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return client.UseState(services => new SqliteClientStateStore(path, protector?.Invoke(services)));
    }
}
