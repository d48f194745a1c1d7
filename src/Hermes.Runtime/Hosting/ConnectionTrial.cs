using Hermes.Abstractions.Configuration;
using Hermes.Runtime.Configuration;

namespace Hermes.Runtime.Hosting;

/// <summary>Something that a server or client connects to, and how it is tried.</summary>
/// <param name="Path">Where it stands in the configuration.</param>
/// <param name="What">What it is, for people.</param>
/// <param name="Try">Connects and reads a little; changes nothing. False: it cannot be told without more.</param>
internal sealed record ConnectionTrial(string Path, string What, Func<CancellationToken, Task<bool>> Try)
{
    /// <summary>Tries it, for as long as one has patience.</summary>
    public async Task<ConnectionOutcome> RunAsync(TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(patience, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            // What does not look at the token is not waited for either.
            return new(Path, What, await Try(end.Token).WaitAsync(patience, time, cancellationToken), null);
        }
        catch (HermesConfigurationException wrong)
        {
            return new(Path, What, true, string.Join(' ', wrong.Errors.Select(error => $"{error.Problem} {error.Fix}")));
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            return new(Path, What, true, exception is TimeoutException or OperationCanceledException
                ? $"There was no answer within {patience.TotalSeconds:0} seconds."
                : SecretText.Clean(exception.Message));
        }
    }
}

/// <summary>What came of a trial.</summary>
/// <param name="Path">Where it stands in the configuration.</param>
/// <param name="What">What it is, for people.</param>
/// <param name="IsTold">Whether it could be told.</param>
/// <param name="Error">What is wrong; null if nothing is.</param>
internal sealed record ConnectionOutcome(string Path, string What, bool IsTold, string? Error);
