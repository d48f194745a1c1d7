using System.Text.Json.Serialization;
using Hermes.ServerRuntime.Guard;
using Hermes.ServerRuntime.WriteBack;

namespace Hermes.ServerRuntime.State;

/// <summary>What the state holds as JSON.</summary>
[JsonSerializable(typeof(ServerProgress))]
[JsonSerializable(typeof(GuardDecisions))]
[JsonSerializable(typeof(IEnumerable<PlannedWriteBack.StoredForm>))]
[JsonSerializable(typeof(PlannedWriteBack.StoredForm[]))]
internal sealed partial class StateJson : JsonSerializerContext;
