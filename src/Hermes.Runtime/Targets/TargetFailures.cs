using Hermes.Abstractions;
using Hermes.Abstractions.Targets;

namespace Hermes.Runtime.Targets;

/// <summary>Turns failures of a target into those that the client understands, told with what they are about.</summary>
internal static class TargetFailures
{
    /// <summary>Handles a change.</summary>
    /// <exception cref="TargetException">It failed; says with which change.</exception>
    public static async Task TranslateAsync(TargetChange change, Func<Task> handle)
    {
        try
        {
            await handle();
        }
        catch (RemoteFaultException failure)
        {
            throw new TargetException($"{change.Type} {change.Key}: {failure.Message}", failure.Fault, failure);
        }
        catch (TargetConflictException conflict)
        {
            throw new TargetConflictException($"{change.Type} {change.Key}: {conflict.Message}", conflict.Holder, conflict);
        }
        catch (TargetMissingException missing)
        {
            throw new TargetMissingException($"{change.Type} {change.Key}: {missing.Message}", missing);
        }
        catch (FormatException problem)
        {
            throw new TargetException($"{change.Type} {change.Key}: {problem.Message}", FaultKind.Permanent, problem);
        }
    }

    /// <summary>Waits for a part of a reading.</summary>
    /// <exception cref="TargetException">It failed; says of which type.</exception>
    public static async ValueTask<T> TranslateAsync<T>(string type, ValueTask<T> reading)
    {
        try
        {
            return await reading;
        }
        catch (RemoteFaultException failure)
        {
            throw new TargetException($"{type}: {failure.Message}", failure.Fault, failure);
        }
    }
}
