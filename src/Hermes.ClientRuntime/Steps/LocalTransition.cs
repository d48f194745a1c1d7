using Hermes.ClientRuntime.Mapping;
using Hermes.ClientRuntime.State;

namespace Hermes.ClientRuntime.Steps;

/// <summary>What an event means for one local entry.</summary>
/// <param name="Type">The local type.</param>
/// <param name="Before">What the state has of the entry.</param>
/// <param name="After">The entry after the event.</param>
/// <param name="Event">What is to be delivered; null if nothing is, and only the views follow.</param>
internal sealed record LocalTransition(BoundType Type, StoredEntry Before, EntryView? After, LocalEvent? Event);
