using System.Collections.Immutable;
using Hermes.ClientRuntime.State;

namespace Hermes.ClientRuntime.Steps;

/// <summary>A remote event with all that follows from it.</summary>
/// <param name="RemoteType">The remote type.</param>
/// <param name="Before">What the state has of the remote entry.</param>
/// <param name="After">The remote entry after the event.</param>
/// <param name="Locals">What it means for the local entries that the remote one feeds.</param>
internal sealed record ConvertedEvent(string RemoteType, StoredEntry Before, EntryView? After, ImmutableArray<LocalTransition> Locals);
