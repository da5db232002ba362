#include "sample_talk/script.h"

namespace reelwright::sample_talk {

namespace {

Topic bread() {
  return {"Bread",
          {"Yeast eats sugar", "Gas fills the dough", "Gluten holds it"},
          {
              {Shot::walking, "Why does bread rise, although nobody lifts it?"},
              {Shot::walking, "A sourdough starter is a tiny zoo of wild yeast and bacteria."},
              {Shot::standing, "The yeast eats the sugar in the flour and breathes out gas."},
              {Shot::standing, "The gluten in the dough is a net, and every bubble is caught in it."},
              {Shot::close_up, "So a good baker never feeds people first; a good baker feeds the yeast."},
          }};
}

Topic bees() {
  return {"Honey bees",
          {"Angle: direction", "Length: distance", "All in the dark"},
          {
              {Shot::close_up, "Here is a secret of the honey bees: they can draw a map by dancing."},
              {Shot::slide, "A bee runs in a straight line and shakes her body."},
              {Shot::slide, "The angle of the line tells her sisters where the flowers are."},
              {Shot::pair, "The longer she shakes, the farther they have to fly."},
              {Shot::pair, "Imagine giving directions with your hips, in complete darkness!"},
          }};
}

Topic bridges() {
  return {"Bridges",
          {"Steel grows in summer", "Gaps let it grow", "Bend, do not break"},
          {
              {Shot::standing, "Every bridge is moving, and that is exactly what keeps it standing."},
              {Shot::walking, "Steel grows longer in summer and shorter in winter."},
              {Shot::walking, "That is why engineers leave a gap at each end of the road."},
              {Shot::slide, "A stiff bridge cracks, but a bridge that bends lets the wind go by."},
              {Shot::close_up, "The strongest structure is the one that knows when to give way."},
          }};
}

Topic sleep() {
  return {
      "Sleep",
      {"The brain plays the day again", "Memories move to storage", "Rest beats revision"},
      {
          {Shot::pair, "What is the cheapest way to remember more of what you learn?"},
          {Shot::pair, "Sleep on it."},
          {Shot::standing, "At night the brain plays the day again and puts memories into storage."},
          {Shot::standing, "Students who sleep after learning beat students who study until dawn."},
          {Shot::close_up, "The worst mistake before an exam is to trade your sleep for one more chapter."},
      }};
}

Topic tides() {
  return {"Tides",
          {"The moon pulls the ocean", "The earth turns below", "Two high tides a day"},
          {
              {Shot::walking, "Most people believe that the tide is water coming in, and they are wrong."},
              {Shot::slide, "The moon pulls the ocean into a bulge, and the earth turns underneath it."},
              {Shot::slide, "That is why most coasts have two high tides every day."},
              {Shot::standing, "When the sea climbs up the beach, you are really watching our planet spin."},
          }};
}

Topic savings() {
  return {
      "Savings",
      {"Interest earns interest", "Seven percent: ten years", "Start early"},
      {
          {Shot::pair, "The strangest machine of all may be your savings account."},
          {Shot::walking, "Interest earns interest, so the money grows slowly at first, and then suddenly."},
          {Shot::slide, "At seven percent a year, it doubles in about ten years."},
          {Shot::close_up, "Start early, because nobody can buy back the first ten years."},
          {Shot::close_up, "The best investors are not clever; they are patient."},
      }};
}

}  // namespace

std::vector<Topic> talk() { return {bread(), bees(), bridges(), sleep(), tides(), savings()}; }

}  // namespace reelwright::sample_talk
