using System.Collections.Frozen;
using Hermes.ClientRuntime.Configuration;

namespace Hermes.ClientRuntime.Mapping;

/// <summary>What is done about what others change on the target.</summary>
/// <param name="Every">How often the client compares by itself; null for never.</param>
/// <param name="Rate">How many objects a second are read at most; 0 for all that come.</param>
/// <param name="Repairs">The attributes that are put right unasked.</param>
/// <param name="Uncompared">The attributes that are not compared.</param>
/// <param name="CreateOnly">Those of them that are written when an object is made, and never again.</param>
internal sealed record DriftSettings(TimeSpan? Every, int Rate, FrozenSet<string> Repairs, FrozenSet<string> Uncompared, FrozenSet<string> CreateOnly)
{
    /// <summary>What becomes of objects that are no entry's.</summary>
    public UnmanagedPolicy Unmanaged { get; init; }

    public static DriftSettings None { get; } = From(new ClientTypeOptions());

    public static DriftSettings From(ClientTypeOptions options) => new(
        options.CompareEvery,
        options.CompareRate,
        With(options, AttributePolicy.Repair),
        With(options, AttributePolicy.Ignore, AttributePolicy.CreateOnly),
        With(options, AttributePolicy.CreateOnly))
    {
        Unmanaged = options.Unmanaged,
    };

    private static FrozenSet<string> With(ClientTypeOptions options, params AttributePolicy[] policies) =>
        options.Policies.Where(policy => policies.Contains(policy.Value)).Select(policy => policy.Key).ToFrozenSet(StringComparer.Ordinal);
}
