using Hermes.ClientRuntime.Comparison;
using Hermes.ClientRuntime.Control;
using Hermes.Runtime.Control;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.Http.Host;

/// <summary>What the tests ask of the client.</summary>
internal static class Commands
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public static async Task<string> ObeyAsync(string[] words, IServiceProvider services) => words switch
    {
        ["settle"] => await SettleAsync(services.GetRequiredService<IHermesClientControl>()),
        ["compare", var type] => $"compared {await services.GetRequiredService<IHermesClientControl>().Comparisons.CompareAsync(type)}",
        ["repair", var type] => await RepairAsync(services.GetRequiredService<IHermesClientControl>(), type),
        _ => throw new ArgumentException($"'{string.Join(' ', words)}' is unknown.", nameof(words)),
    };

    private static async Task<string> SettleAsync(IHermesClientControl control)
    {
        while (true)
        {
            await control.WhenCaughtUpAsync();
            if (control.Status.QueuedEvents == 0)
                return "settled";
            await (await control.RetryAsync(EventSelection.All, new DecidedBy("test", "all that waits must come through"))).Completion;
            if (control.Status.QueuedEvents > 0)
                await Task.Delay(Pause, TimeProvider.System);
        }
    }

    private static async Task<string> RepairAsync(IHermesClientControl control, string type)
    {
        var report = await control.Comparisons.CompareAsync(type);
        var outcome = await control.Comparisons.RepairAsync(new RepairRequest(type, report.Digest!, RepairKind.Write, "test", "drift"));
        return $"decided {outcome.Decided} of {report}";
    }
}
