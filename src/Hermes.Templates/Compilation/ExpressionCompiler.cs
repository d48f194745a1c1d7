using System.Collections.Immutable;
using Hermes.Abstractions.Data;
using Hermes.Templates.Evaluation;
using Hermes.Templates.Operators;
using Hermes.Templates.Syntax;
using Hermes.Templates.Text;

namespace Hermes.Templates.Compilation;

/// <summary>Turns syntax into delegates. Names become indexes, calls are bound to their filters, tests and methods.</summary>
internal sealed class ExpressionCompiler(Vocabulary vocabulary, ImmutableArray<string> names)
{
    /// <exception cref="TemplateFault">A filter, test, method or argument is not known.</exception>
    public Evaluator Compile(Expression expression)
    {
        if (Constants.Fold(expression) is { } constant)
            return Constants.Of(constant);
        return expression switch
        {
            Name name => Variable(name),
            Member member => Member(member.Target, member.MemberName, member),
            Syntax.Index index when Constants.Text(index.Key) is { } name => Member(index.Target, name, index),
            Syntax.Index index => Index(index),
            Slice slice => Slice(slice),
            ListLiteral list => List(list),
            MapLiteral map => Map(map),
            Unary unary => Unary(unary),
            Binary binary =>
                new BoundOperation(Arithmetic.For(binary.Operator), [Compile(binary.Right)]).ApplyTo(Compile(binary.Left), binary),
            Concatenation concatenation => Concatenation(concatenation),
            Comparison comparison => Comparisons.Compile(comparison, Compile),
            And and => And(and),
            Or or => Or(or),
            Conditional conditional => Conditional(conditional),
            FilterCall call => BindFilter(call.FilterName, call.Arguments, call.Position).ApplyTo(Compile(call.Target), call),
            TestCall call => Test(call),
            MethodCall call => MethodCalls.Compile(vocabulary.MethodsNamed(call.MethodName, call.Position), call, Compile),
            FunctionCall call => Function(call),
            _ => throw new InvalidOperationException($"There is no compilation of {expression.GetType().Name}."),
        };
    }

    public BoundOperation BindFilter(string name, CallArguments arguments, int position) =>
        vocabulary.FilterNamed(name, position).Bind(arguments, position, this);

    public BoundTest BindTest(string name, CallArguments arguments, int position) =>
        vocabulary.TestNamed(name, position).Bind(arguments, position, this);

    private Evaluator Variable(Name name)
    {
        var index = names.IndexOf(name.Identifier);
        return (ref frame, variables) => variables[index];
    }

    /// <param name="owner">What has the member.</param>
    /// <param name="name">Its name.</param>
    /// <param name="place">The access as it is written.</param>
    /// <param name="isAsked">Whether it is only asked if there is one, which is no mistake for a text either.</param>
    private Evaluator Member(Expression owner, string name, Expression place, bool isAsked = false)
    {
        if (owner is Name variable)
        {
            var index = names.IndexOf(variable.Identifier);
            return (ref frame, variables) => MemberOf(ref frame, variables[index], name, place, isAsked);
        }

        var target = Compile(owner);
        return (ref frame, variables) =>
        {
            var value = target(ref frame, variables);
            return MemberOf(ref frame, value, name, place, isAsked);
        };
    }

    private Value MemberOf(ref Frame frame, Value target, string name, Expression place, bool isAsked)
    {
        frame.Current = place;
        var value = Access.Member(target, name);
        if (value.Kind != ValueKind.Undefined)
            return value;
        frame.Unset = place;
        return isAsked || Access.MayLackMembers(target.Kind) ? value : throw vocabulary.NoMember(target, name);
    }

    private Evaluator Index(Syntax.Index index)
    {
        var (target, key) = (Compile(index.Target), Compile(index.Key));
        return (ref frame, variables) =>
        {
            var value = target(ref frame, variables);
            var at = key(ref frame, variables);
            frame.Current = index;
            var item = Access.Subscript(ref frame, value, at);
            if (item.Kind == ValueKind.Undefined)
                frame.Unset = index;
            return item;
        };
    }

    private Evaluator Slice(Slice slice)
    {
        Evaluator Part(Expression? part) => part is null ? Constants.Of(Value.Null) : Compile(part);
        var (target, start, stop, step) = (Compile(slice.Target), Part(slice.Start), Part(slice.Stop), Part(slice.Step));
        return (ref frame, variables) =>
        {
            var value = target(ref frame, variables);
            var (from, to, by) = (start(ref frame, variables), stop(ref frame, variables), step(ref frame, variables));
            frame.Current = slice;
            return Access.Slice(ref frame, value, from, to, by);
        };
    }

    private Evaluator List(ListLiteral list)
    {
        var items = list.Items.Select(Compile).ToArray();
        return (ref frame, variables) =>
        {
            frame.AllocateItems(items.Length);
            var values = new Value[items.Length];
            for (var i = 0; i < values.Length; i++)
                values[i] = items[i](ref frame, variables);
            return ValueList.Create(values);
        };
    }

    private Evaluator Map(MapLiteral map)
    {
        var pairs = map.Pairs.Select(pair => (pair.Key, Name: Compile(pair.Key), Value: Compile(pair.Value))).ToArray();
        return (ref frame, variables) =>
        {
            frame.AllocatePairs(pairs.Length);
            var items = new List<KeyValuePair<string, Value>>(pairs.Length);
            foreach (var (place, name, value) in pairs)
            {
                var key = name(ref frame, variables);
                var item = value(ref frame, variables);
                frame.Current = place;
                items.Add(new(MapKey.Of(key), item));
            }

            return ValueMap.Create(items);
        };
    }

    private Evaluator Unary(Unary unary)
    {
        var operand = Compile(unary.Operand);
        Func<Value, Value> operation = unary.Operator switch
        {
            UnaryOperator.Minus => Arithmetic.Negate,
            UnaryOperator.Plus => Arithmetic.Plus,
            _ => static value => !Truth.Of(value),
        };
        return (ref frame, variables) =>
        {
            var value = operand(ref frame, variables);
            frame.Current = unary;
            return operation(value);
        };
    }

    private Evaluator Concatenation(Concatenation concatenation)
    {
        var parts = concatenation.Parts.Select(Compile).ToArray();
        return (ref frame, variables) =>
        {
            var texts = new string[parts.Length];
            long length = 0;
            for (var i = 0; i < parts.Length; i++)
            {
                var value = parts[i](ref frame, variables);
                frame.Current = concatenation.Parts[i];
                texts[i] = PythonText.Str(ref frame, value);
                length += texts[i].Length;
            }

            frame.AllocateText(length);
            return string.Concat(texts);
        };
    }

    private Evaluator And(And and)
    {
        var (left, right) = (Compile(and.Left), Compile(and.Right));
        return (ref frame, variables) =>
        {
            var value = left(ref frame, variables);
            frame.Current = and.Left;
            return Truth.Of(value) ? right(ref frame, variables) : value;
        };
    }

    private Evaluator Or(Or or)
    {
        var (left, right) = (Compile(or.Left), Compile(or.Right));
        return (ref frame, variables) =>
        {
            var value = left(ref frame, variables);
            frame.Current = or.Left;
            return Truth.Of(value) ? value : right(ref frame, variables);
        };
    }

    private Evaluator Conditional(Conditional conditional)
    {
        var (then, condition) = (Compile(conditional.Then), Compile(conditional.Condition));
        var otherwise = conditional.Else is null ? Constants.Of(Value.Undefined) : Compile(conditional.Else);
        return (ref frame, variables) =>
        {
            var value = condition(ref frame, variables);
            frame.Current = conditional.Condition;
            return Truth.Of(value) ? then(ref frame, variables) : otherwise(ref frame, variables);
        };
    }

    private Evaluator Test(TestCall call)
    {
        var test = BindTest(call.TestName, call.Arguments, call.Position);
        if (call is { TestName: "defined" or "undefined", Target: Member asked })
            return new BoundOperation(test.AsOperation(), test.Arguments).ApplyTo(Member(asked.Target, asked.MemberName, asked, isAsked: true), call);
        return new BoundOperation(test.AsOperation(), test.Arguments).ApplyTo(Compile(call.Target), call);
    }

    private Evaluator Function(FunctionCall call) =>
        vocabulary.FunctionNamed(call.FunctionName, call.Position).Bind(call, Compile).ApplyTo(Constants.Of(Value.Null), call);
}
