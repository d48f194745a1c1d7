using Hermes.Abstractions.Data;

namespace Hermes.Http.Source;

/// <summary>Where a page is.</summary>
/// <param name="Mark">What is counted, or the cursor; not set for the first page where that needs none.</param>
/// <param name="Address">Its address, if the page before told it.</param>
/// <param name="Overlaps">Whether it begins with the last item of the page before, so that one that moved between both is noticed.</param>
internal sealed record PagePlace(Value Mark, Uri? Address = null, bool Overlaps = false);

/// <summary>What was read of a page.</summary>
/// <param name="All">How many items are on it.</param>
/// <param name="New">How many of them were not on the page before.</param>
/// <param name="Last">The key of the last one.</param>
internal readonly record struct PageCount(int All, int New, Value Last);
