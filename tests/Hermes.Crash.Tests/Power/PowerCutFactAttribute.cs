namespace Hermes.Crash.Tests.Power;

/// <summary>A test that cuts the power. Skipped, with the reason, where the library for that cannot be compiled.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PowerCutFactAttribute : FactAttribute
{
    public PowerCutFactAttribute()
    {
        if (PowerCutShim.Path is null)
            Skip = $"No power is cut: {PowerCutShim.Reason}.";
    }
}
