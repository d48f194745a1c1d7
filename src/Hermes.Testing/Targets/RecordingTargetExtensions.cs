using Hermes.Runtime.Registration;
using Hermes.Testing.Targets;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Gives a client of a test a target that records.</summary>
public static class RecordingTargetExtensions
{
    /// <summary>Applies changes to this target, which the test looks at.</summary>
    public static IHermesClientBuilder ToRecording(this IHermesClientBuilder client, RecordingTarget target)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(target);
        return client.UseTarget(_ => target);
    }
}
