using Hermes.Abstractions.Data;

namespace Hermes.Templates.Evaluation;

/// <summary>What a value costs as a whole, with all that is in it: for what filters of the host read and make.</summary>
internal static class ValueSize
{
    /// <exception cref="TemplateFault">The limit of steps, or of nesting, is exceeded.</exception>
    public static void PayForReading(ref Frame frame, Value value)
    {
        switch (value.Kind)
        {
            case ValueKind.String:
                frame.Step(1 + value.AsString().Length);
                break;
            case ValueKind.Bytes:
                frame.Step(1 + (value.AsBytes().Length / 4));
                break;
            case ValueKind.List:
                frame.Enter();
                frame.Step(1);
                foreach (var item in value.AsList().AsSpan())
                    PayForReading(ref frame, item);
                frame.Leave();
                break;
            case ValueKind.Map:
                frame.Enter();
                frame.WalkPairs();
                foreach (var (_, item) in value.AsMap())
                    PayForReading(ref frame, item);
                frame.Leave();
                break;
            default:
                frame.Step(1);
                break;
        }
    }

    /// <exception cref="TemplateFault">The limit of memory, or of nesting, is exceeded.</exception>
    public static void PayForMaking(ref Frame frame, Value value)
    {
        switch (value.Kind)
        {
            case ValueKind.String:
                frame.AllocateText(value.AsString().Length);
                break;
            case ValueKind.Bytes:
                frame.AllocateBytes(value.AsBytes().Length);
                break;
            case ValueKind.List:
                frame.Enter();
                frame.AllocateItems(value.AsList().Count);
                foreach (var item in value.AsList().AsSpan())
                    PayForMaking(ref frame, item);
                frame.Leave();
                break;
            case ValueKind.Map:
                frame.Enter();
                frame.AllocatePairs(value.AsMap().Count);
                foreach (var (_, item) in value.AsMap())
                    PayForMaking(ref frame, item);
                frame.Leave();
                break;
            default:
                frame.Step(1);
                break;
        }
    }
}
