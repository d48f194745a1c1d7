using System.Globalization;
using Hermes.Abstractions.Data;
using Hermes.Http.Connection;

namespace Hermes.Http.Source;

/// <summary>Gathers, page by page, what proves that one read has all items.</summary>
internal abstract class PageProof
{
    /// <summary>The proof that settings choose.</summary>
    public static PageProof Of(HttpSourceOptions options) => options.Proof switch
    {
        ReadProof.Total => new TotalProof(new AnswerMark(options.TotalPointer, options.TotalHeader)),
        ReadProof.EndMark => new EndProof(new AnswerMark(options.EndPointer, options.EndHeader), options.EndValue!),
        ReadProof.Snapshot => new SnapshotProof(new AnswerMark(options.SnapshotPointer, options.SnapshotHeader)),
        _ => new NoProof(),
    };

    /// <summary>Looks at a page.</summary>
    /// <returns>Whether it says that it is the last one.</returns>
    /// <exception cref="IncompleteReadException">It does not fit the pages before it.</exception>
    /// <exception cref="UnreadableAnswerException">What it should tell cannot be read.</exception>
    public abstract bool SeesLast(WebAnswer answer, Page page);

    /// <summary>Says, behind the last page, whether all is there.</summary>
    /// <param name="keys">How many different keys were read.</param>
    /// <exception cref="IncompleteReadException">It is not.</exception>
    public abstract void Require(int keys);

    private sealed class NoProof : PageProof
    {
        public override bool SeesLast(WebAnswer answer, Page page) => false;

        public override void Require(int keys)
        {
        }
    }

    private sealed class TotalProof(AnswerMark mark) : PageProof
    {
        private long? _total;

        public override bool SeesLast(WebAnswer answer, Page page)
        {
            if (mark.Find(answer, page) is not { } told)
            {
                // One that only later pages tell would not count what went before them.
                return _total is null ? throw new IncompleteReadException("The first page does not tell how many items there are (TotalPointer, TotalHeader).") : false;
            }

            var total = Read(told);
            if (_total is { } before && before != total)
                throw new IncompleteReadException($"The service told a total of {before}, and on another page one of {total}: items came or went meanwhile.");
            _total = total;
            return false;
        }

        public override void Require(int keys)
        {
            if (_total != keys)
                throw new IncompleteReadException($"The service says that there are {_total} items, and {keys} were read.");
        }

        private static long Read(Value told) => told switch
        {
            { Kind: ValueKind.Integer } => told.AsInteger(),
            { Kind: ValueKind.String } when long.TryParse(told.AsString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
            _ => throw new UnreadableAnswerException("The total that it tells is not a whole number."),
        };
    }

    private sealed class EndProof(AnswerMark mark, string last) : PageProof
    {
        private bool _isSeen;

        public override bool SeesLast(WebAnswer answer, Page page) =>
            _isSeen = mark.Find(answer, page) is { } told && string.Equals(Text(told), last, StringComparison.Ordinal);

        public override void Require(int keys)
        {
            if (!_isSeen)
                throw new IncompleteReadException("The pages end, and the last one does not tell that it is the last (EndPointer, EndHeader, EndValue).");
        }

        private static string Text(Value told) => told.Kind == ValueKind.String ? told.AsString() : PlainJson.ToText(told);
    }

    private sealed class SnapshotProof(AnswerMark mark) : PageProof
    {
        private Value? _state;

        public override bool SeesLast(WebAnswer answer, Page page)
        {
            if (mark.Find(answer, page) is not { IsSet: true } state || state == Value.From(""))
                throw new IncompleteReadException("A page does not name the state of the data (SnapshotPointer, SnapshotHeader).");
            if (_state is { } before && before != state)
                throw new IncompleteReadException("The data changed from one page to another.");
            _state = state;
            return false;
        }

        public override void Require(int keys)
        {
            // Every page was looked at.
        }
    }
}
