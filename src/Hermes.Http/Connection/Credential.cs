using System.Text;

namespace Hermes.Http.Connection;

/// <summary>Proves in a request who Hermes is.</summary>
internal abstract class Credential : IDisposable
{
    /// <summary>Adds itself to a request that goes to the service, and to no other.</summary>
    public abstract ValueTask ApplyAsync(HttpRequestMessage request, CancellationToken cancellationToken);

    /// <summary>Is told that the service refused it.</summary>
    /// <returns>Whether there will be another one that is worth trying.</returns>
    public virtual bool TryRenew() => false;

    /// <inheritdoc/>
    public virtual void Dispose()
    {
    }

    /// <summary>The credential that options choose.</summary>
    /// <param name="options">The options; checked.</param>
    /// <param name="invoker">Sends requests to an authorization server.</param>
    /// <param name="time">The clock.</param>
    public static Credential Of(HttpConnectionOptions options, HttpMessageInvoker invoker, TimeProvider time) => options.Authentication switch
    {
        HttpAuthentication.Basic => new HeaderCredential(
            "Authorization", $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.User}:{options.Password}"))}"),
        HttpAuthentication.Bearer => new HeaderCredential("Authorization", $"Bearer {options.Token}"),
        HttpAuthentication.ApiKey when !string.IsNullOrEmpty(options.ApiKeyHeader) => new HeaderCredential(options.ApiKeyHeader, options.ApiKey!),
        HttpAuthentication.ApiKey => new ParameterCredential(options.ApiKeyParameter!, options.ApiKey!),
        HttpAuthentication.ClientCredentials => new ClientCredentials(options, invoker, time),
        _ => new NoCredential(),
    };

    private sealed class NoCredential : Credential
    {
        public override ValueTask ApplyAsync(HttpRequestMessage request, CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }

    private sealed class HeaderCredential(string name, string value) : Credential
    {
        public override ValueTask ApplyAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.TryAddWithoutValidation(name, value);
            return ValueTask.CompletedTask;
        }
    }

    private sealed class ParameterCredential(string name, string value) : Credential
    {
        public override ValueTask ApplyAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.RequestUri = WebAddress.WithParameter(request.RequestUri!, name, value);
            return ValueTask.CompletedTask;
        }
    }
}
