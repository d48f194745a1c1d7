using Hermes.Runtime.Resilience;

namespace Hermes.Runtime.State;

/// <summary>Opens a state that another process may hold.</summary>
internal static class HeldState
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    /// <summary>Tries until the state can be opened.</summary>
    /// <param name="open">Opens it.</param>
    /// <param name="isHeld">Whether an exception says that it is held, and so may be let go.</param>
    /// <param name="opening">The clock, and who is told of the wait.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public static async Task<TState> OpenAsync<TState>(
        Func<TState> open, Func<Exception, bool> isHeld, StateOpening opening, CancellationToken cancellationToken)
    {
        var backOff = new BackOff(FirstWait, LongestWait, opening.Time);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                return open();
            }
            catch (Exception exception) when (isHeld(exception))
            {
                opening.Waiting(exception.Message);
            }

            await Task.Delay(backOff.Next(), opening.Time, cancellationToken);
        }
    }
}
