using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Hermes.Abstractions.Data;
using Hermes.Templates.Evaluation;
using Hermes.Templates.Syntax;

namespace Hermes.Templates.Compilation;

/// <summary>A filter, method or function with its compiled arguments.</summary>
internal sealed record BoundOperation(Operation Operation, ImmutableArray<Evaluator> Arguments)
{
    /// <summary>The evaluator that applies this to an input.</summary>
    public Evaluator ApplyTo(Evaluator input, Expression place) => (ref frame, variables) =>
    {
        var value = input(ref frame, variables);
        return Invoke(ref frame, variables, value, place);
    };

    /// <summary>Evaluates the arguments, each once, and applies the operation.</summary>
    public Value Invoke(ref Frame frame, ReadOnlySpan<Value> variables, Value input, Expression place)
    {
        switch (Arguments.Length)
        {
            case 0:
                frame.Current = place;
                return frame.Run(Operation, input, []);
            case 1:
                var only = Arguments[0](ref frame, variables);
                frame.Current = place;
                return frame.Run(Operation, input, new ReadOnlySpan<Value>(in only));
            case <= ArgumentBuffer.Capacity:
                return InvokeWithFew(ref frame, variables, input, place);
            default:
                return InvokeWith(new Value[Arguments.Length], ref frame, variables, input, place);
        }
    }

    // A method of its own, so that calls with fewer arguments do not pay for the room.
    private Value InvokeWithFew(ref Frame frame, ReadOnlySpan<Value> variables, Value input, Expression place)
    {
        var buffer = default(ArgumentBuffer);
        Span<Value> all = buffer;
        return InvokeWith(all[..Arguments.Length], ref frame, variables, input, place);
    }

    private Value InvokeWith(Span<Value> given, ref Frame frame, ReadOnlySpan<Value> variables, Value input, Expression place)
    {
        for (var i = 0; i < given.Length; i++)
            given[i] = Arguments[i](ref frame, variables);
        frame.Current = place;
        return frame.Run(Operation, input, given);
    }

    /// <summary>Room for arguments on the stack.</summary>
    [InlineArray(Capacity)]
    private struct ArgumentBuffer
    {
        public const int Capacity = 6;

        private Value _first;
    }
}
