using Hermes.Diff.Model;

namespace Hermes.ServerRuntime.Staging;

/// <summary>
/// The order in which the events of a poll go out: added, then modified, then removed; types in declaration order, for removed in the
/// reverse order, so that parents come before their children and leave after them.
/// </summary>
internal readonly struct EventOrder(ServerModel model)
{
    public int Added(DataType type) => type.Index;

    public int Modified(DataType type) => model.Types.Length + type.Index;

    public int Removed(DataType type) => (3 * model.Types.Length) - type.Index;
}
