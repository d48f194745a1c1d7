using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.Control;
using Hermes.Runtime.Control;

namespace Hermes.Testing.Client;

/// <summary>Actions of a client as tests want them: done when they return, and throwing what they failed of.</summary>
public static class ClientControlExtensions
{
    private static readonly DecidedBy Test = new("test", "a test says so");

    /// <summary>Tries all events of the error queue now, except those that wait for others.</summary>
    public static async Task RetryAllAsync(this IHermesClientControl control)
    {
        ArgumentNullException.ThrowIfNull(control);
        await EndAsync(await control.RetryAsync(EventSelection.All, Test));
    }

    /// <summary>Tries the entry of one event now.</summary>
    /// <returns>How many events the target has taken.</returns>
    public static async Task<long> RetryAsync(this IHermesClientControl control, long number)
    {
        ArgumentNullException.ThrowIfNull(control);
        return (await EndAsync(await control.RetryAsync(EventSelection.Of(number), Test))).Done;
    }

    /// <summary>Drops one event from the error queue.</summary>
    /// <returns>Whether there was one of this number.</returns>
    public static async Task<bool> DiscardAsync(this IHermesClientControl control, long number)
    {
        ArgumentNullException.ThrowIfNull(control);
        return (await EndAsync(await control.DiscardAsync(EventSelection.Of(number), Test))).Done > 0;
    }

    /// <summary>Removes an entry from the trashbin for good.</summary>
    /// <returns>Whether it was there.</returns>
    public static async Task<bool> PurgeAsync(this IHermesClientControl control, string remoteType, EntryKey key)
    {
        ArgumentNullException.ThrowIfNull(control);
        return (await EndAsync(await control.PurgeAsync(TrashSelection.Of(new EntryId(remoteType, key)), Test))).Done > 0;
    }

    private static async Task<OperationStatus> EndAsync(Operation operation)
    {
        var status = await operation.Completion;
        return operation.Failure is { } failure ? throw failure : status;
    }
}
