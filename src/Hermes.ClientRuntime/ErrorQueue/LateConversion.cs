using Hermes.Abstractions.Templates;
using Hermes.ClientRuntime.Mapping;
using Hermes.ClientRuntime.State;
using Hermes.ClientRuntime.Trashbin;

namespace Hermes.ClientRuntime.ErrorQueue;

/// <summary>Computes the local entry of an event that could not be converted when it came. Pure.</summary>
internal static class LateConversion
{
    /// <param name="type">The local type.</param>
    /// <param name="event">The event.</param>
    /// <param name="has">The entry as the target has it when it is the turn of the event.</param>
    /// <exception cref="TemplateException">A template fails still.</exception>
    public static LocalEvent Of(BoundType type, LocalEvent @event, EntryView? has)
    {
        var local = Conversion.Convert(type, @event.RemoteBefore, @event.Remote, has);
        var secrets = @event.Remote is null
            ? EventSecrets.None
            : @event.Secrets with { Local = Conversion.ConvertSecrets(type, @event.Remote.Entry, @event.Secrets.Remote) };
        var kind = ChangePlan.EventKind(has, local, secrets) ?? @event.Kind;
        return @event with { Kind = kind, Local = local, Secrets = secrets, Fault = null, RemoteBefore = null };
    }
}
