using Hermes.ServerRuntime.Configuration;

namespace Hermes.ServerRuntime.Guard;

/// <summary>Decides whether so many removals of a type are too many.</summary>
internal static class GuardRule
{
    public static bool IsTooMany(RemovalGuardSettings settings, int removed, int cached) =>
        removed > (settings.MaxEntries ?? int.MaxValue)
        || (removed > 0 && removed >= settings.MinEntries && removed * 100.0 > settings.MaxPercent * cached);
}
